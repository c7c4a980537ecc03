import grpc
import shop_pb2
import shop_pb2_grpc

with grpc.insecure_channel("localhost:50051") as channel:
    shop = shop_pb2_grpc.ShopStub(channel)
    print(shop.Greet(shop_pb2.GreetRequest(name="Ann")).text)
    try:
        shop.Share(shop_pb2.ShareRequest(total=12, people=0))
    except grpc.RpcError as error:
        print("failed:", error.details())
